using System.Globalization;

namespace OrleansGallery.Inference.Checkpoints;

/// <content>The instructions that build lists, tuples, sets and dictionaries.</content>
internal sealed partial class PickleMachine
{
    private bool Container(char code)
    {
        switch (code)
        {
            case '(':
                _marks.Add(_stack.Count);
                return true;
            case '0':
                return Discard();
            case '1':
                _ = PopToMark();
                return true;
            case '2':
                return Push(Peek());
            case ')':
                return Push(new PickleTuple([]));
            case 't':
                return Push(new PickleTuple(PopToMark()));
            case '\x85' or '\x86' or '\x87':
                return Push(new PickleTuple(PopMany(code - '\x84')));
            case ']':
                return Push(new List<object?>());
            case 'l':
                return Push(new List<object?>(PopToMark()));
            case 'a':
                return Append(PopMany(1));
            case 'e':
                return Append(PopToMark());
            case '}':
                return Push(new PickleDictionary());
            case 'd':
                object?[] items = PopToMark();
                return Push(new PickleDictionary()) && SetItems(items);
            case 's':
                return SetItems(PopMany(2));
            case 'u':
                return SetItems(PopToMark());
            case '\x8f':
                return Push(new PickleTuple([]));
            case '\x90':
                return AddToSet(PopToMark());
            case '\x91':
                return Push(new PickleTuple(PopToMark()));
            default:
                return false;
        }
    }

    private bool Push(object? value)
    {
        _stack.Add(value);
        return true;
    }

    private bool Discard()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count)
        {
            _marks.RemoveAt(_marks.Count - 1);
        }
        else
        {
            _ = Pop();
        }

        return true;
    }

    private object?[] PopMany(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return items;
    }

    private bool Append(object?[] items)
    {
        List<object?> list = Peek() switch
        {
            List<object?> plain => plain,
            PickleObject foreign => foreign.Elements,
            object other => throw new PickleException($"its pickle appends to a {NameOf(other)}."),
            null => throw new PickleException("its pickle appends to None."),
        };
        list.AddRange(items);
        return true;
    }

    private bool AddToSet(object?[] items)
    {
        PickleTuple set = Peek() as PickleTuple ?? throw new PickleException("its pickle adds to what is no set.");
        set.Add(items);
        return true;
    }

    private bool SetItems(object?[] items)
    {
        PickleDictionary target = Peek() switch
        {
            PickleDictionary plain => plain,
            PickleObject foreign => foreign.Entries,
            object other => throw new PickleException($"its pickle sets items of a {NameOf(other)}."),
            null => throw new PickleException("its pickle sets items of None."),
        };
        if (items.Length % 2 != 0)
        {
            throw new PickleException("its pickle sets a key without a value.");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            target.Set(items[i], items[i + 1]);
        }

        return true;
    }

    private static object TextInteger(string line) => line switch
    {
        "00" => false,
        "01" => true,
        _ => long.TryParse(line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new PickleException("its pickle has an integer that is none, or of more than 64 bits."),
    };

    private static double TextDouble(string line) =>
        double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new PickleException("its pickle has a number that is none.");

    private static long TextPlace(string line) =>
        TextInteger(line) as long? ?? throw new PickleException("its pickle remembers at a place that is no number.");

    private static string NameOf(object value) => value switch
    {
        PickleTuple => "tuple",
        PickleDictionary => "dictionary",
        PickleObject foreign => foreign.Type,
        PickleGlobal global => global.FullName,
        PickleTensor => "tensor",
        _ => value.GetType().Name,
    };
}
