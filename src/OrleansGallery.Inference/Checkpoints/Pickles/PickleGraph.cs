namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// Walks what a pickle made, each value once (a value may be shared by very many, so that counting paths would have no
/// end), and without recursion.
/// </summary>
internal static class PickleGraph
{
    /// <exception cref="PickleException">A container holds itself, or they are nested too deep.</exception>
    public static void Check(object? root)
    {
        // The longest way down to the leaves below a finished value; -1 while its content is being walked.
        Dictionary<object, int> heights = new(ReferenceEqualityComparer.Instance);
        Stack<(object Value, List<object> Content, int Next)> path = new();
        Enter(root, heights, path);
        while (path.TryPop(out (object Value, List<object> Content, int Next) top))
        {
            if (top.Next < top.Content.Count)
            {
                path.Push(top with { Next = top.Next + 1 });
                Enter(top.Content[top.Next], heights, path);
                continue;
            }

            int height = top.Content.Count == 0 ? 0 : 1 + top.Content.Max(child => heights.GetValueOrDefault(child));
            RefuseDepth(height);
            heights[top.Value] = height;
        }
    }

    private static void Enter(
        object? value, Dictionary<object, int> heights, Stack<(object, List<object>, int)> path)
    {
        if (value is null || !IsContainer(value))
        {
            return;
        }

        if (heights.TryGetValue(value, out int height))
        {
            if (height < 0)
            {
                throw new PickleException("its pickle has a container that holds itself.");
            }

            return;
        }

        RefuseDepth(path.Count);
        heights.Add(value, -1);
        path.Push((value, Content(value), 0));
    }

    private static void RefuseDepth(int depth)
    {
        if (depth > PickleLimits.MaxDepth)
        {
            throw new PickleException($"its pickle nests containers more than {PickleLimits.MaxDepth} deep.");
        }
    }

    private static bool IsContainer(object value) =>
        value is PickleTuple or PickleDictionary or PickleObject or List<object?>;

    private static List<object> Content(object value)
    {
        IEnumerable<object?> items = value switch
        {
            PickleTuple tuple => tuple.Items,
            PickleDictionary dictionary => dictionary.Items.SelectMany(item => new[] { item.Key, item.Value }),
            PickleObject foreign => [foreign.Arguments, foreign.State, foreign.Entries, .. foreign.Elements],
            List<object?> list => list,
            _ => [],
        };
        return [.. items.OfType<object>().Where(IsContainer)];
    }
}
