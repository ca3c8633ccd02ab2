namespace OrleansGallery.Inference.Checkpoints;

/// <content>The instructions that, in Python, look up classes and call them.</content>
internal sealed partial class PickleMachine
{
    private bool Construct(char code, ref PickleInput input)
    {
        switch (code)
        {
            case 'c':
                string module = input.Line();
                return Push(PickleGlobal.Of(module, input.Line()));
            case '\x93':
                object?[] names = PopMany(2);
                return names is [string owner, string name]
                    ? Push(PickleGlobal.Of(owner, name))
                    : throw new PickleException("its pickle names a class by what is no text.");
            case 'Q':
                return Persistent();
            case 'R' or '\x81':
                object?[] call = PopMany(2);
                return Push(Call(Callable(call[0]), Arguments(call[1])));
            case '\x92':
                object?[] extended = PopMany(3); // Class, arguments, named arguments.
                return Push(Call(Callable(extended[0]), Arguments(extended[1])));
            case 'o':
                object?[] items = PopToMark();
                return items.Length > 0
                    ? Push(Call(Callable(items[0]), new PickleTuple(items[1..])))
                    : throw new PickleException("its pickle makes an object of no class.");
            case 'i':
                string owning = input.Line();
                PickleGlobal type = PickleGlobal.Of(owning, input.Line());
                return Push(Call(type, new PickleTuple(PopToMark())));
            case 'b':
                return Build();
            default:
                return false;
        }
    }

    // Containers made of others are copies: their items count as work, or a small file could make very many.
    private object? Call(PickleGlobal type, PickleTuple arguments)
    {
        foreach (object? argument in arguments.Items)
        {
            Charge(argument switch
            {
                PickleDictionary dictionary => dictionary.Items.Count,
                List<object?> list => list.Count,
                string text => text.Length,
                _ => 1,
            });
        }

        return PickleCalls.Call(type, arguments);
    }

    private bool Persistent()
    {
        if (Pop() is not PickleTuple id || _storages is null)
        {
            throw new PickleException("its pickle refers to something outside of it that is no storage.");
        }

        return Push(_storages(id));
    }

    private bool Build()
    {
        object? state = Pop();
        if (Peek() is PickleObject foreign)
        {
            foreign.State = state;
        }

        // Other values have no state of interest: an ordered dictionary's holds versions of modules.
        return true;
    }

    private static PickleGlobal Callable(object? value) => value as PickleGlobal
        ?? throw new PickleException("its pickle calls what is no class or function.");

    private static PickleTuple Arguments(object? value) => value as PickleTuple
        ?? throw new PickleException("its pickle calls a class with what are no arguments.");
}
