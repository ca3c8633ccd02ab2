using System.Globalization;
using System.Numerics;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>The plain values beside a state dictionary: epoch, versions, hyper-parameters.</summary>
internal static class PickleFacts
{
    private const int MaxFacts = 1000;
    private const int MaxText = 1000;
    private const int MaxDepth = 4;

    private static readonly string[] Told = ["hyper_parameters", "hparams", "config", "args"];

    public static Dictionary<string, string> Of(object? root, PickleDictionary state)
    {
        Dictionary<string, string> facts = new(StringComparer.Ordinal);
        if (root is PickleDictionary dictionary && !ReferenceEquals(dictionary, state))
        {
            foreach (KeyValuePair<object, object?> item in dictionary.Items)
            {
                if (item.Key is string name)
                {
                    Add(name, item.Value, Told.Contains(name) ? MaxDepth : 0, facts);
                }
            }
        }

        return facts;
    }

    // Values may be shared without end; the number of facts is what ends the walk.
    private static void Add(string name, object? value, int depth, Dictionary<string, string> facts)
    {
        if (facts.Count >= MaxFacts || name.Length > MaxText)
        {
            return;
        }

        if (Text(value) is { Length: <= MaxText } text)
        {
            facts.TryAdd(name, text);
            return;
        }

        PickleDictionary? inner = value as PickleDictionary ?? (value as PickleObject)?.Entries;
        if (depth > 0 && inner is not null)
        {
            foreach (KeyValuePair<object, object?> item in inner.Items.Take(MaxFacts))
            {
                if (item.Key is string key)
                {
                    Add($"{name}.{key}", item.Value, depth - 1, facts);
                }
            }
        }
    }

    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long or double or BigInteger => Convert.ToString(value, CultureInfo.InvariantCulture),
        List<object?> { Count: > 0 and <= 16 } list => Join(list),
        PickleTuple { Items.Count: > 0 and <= 16 } tuple => Join(tuple.Items),
        _ => null,
    };

    private static string? Join(IReadOnlyList<object?> items) =>
        items.All(item => item is long or double or string) ? string.Join(',', items.Select(Text)) : null;
}
