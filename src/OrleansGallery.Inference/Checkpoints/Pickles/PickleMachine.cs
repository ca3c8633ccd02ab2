namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// Reads a pickle into plain containers, texts, numbers and tensors (views of storages that are read later). It is a stack
/// machine like Python's, less all that runs code: classes and functions are names, and what they would make is an inert
/// <see cref="PickleObject"/>.
/// </summary>
/// <remarks>Instructions: Python's <c>pickletools</c>, protocols 2 to 5 as PyTorch writes them, and 0 and 1 in part.</remarks>
internal sealed partial class PickleMachine
{
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Func<PickleTuple, object?>? _storages;
    private long _work;

    private PickleMachine(Func<PickleTuple, object?>? storages) => _storages = storages;

    /// <summary>Reads one pickle.</summary>
    /// <param name="bytes">Bytes that begin with it.</param>
    /// <param name="storages">Makes a storage of its persistent id; null: none are taken.</param>
    /// <param name="length">The bytes it has.</param>
    /// <returns>Its value; free of cycles and at most <see cref="PickleLimits.MaxDepth"/> deep.</returns>
    /// <exception cref="PickleException">It is malformed, over a limit, or hostile.</exception>
    public static object? Load(ReadOnlySpan<byte> bytes, Func<PickleTuple, object?>? storages, out int length)
    {
        PickleMachine machine = new(storages);
        PickleInput input = new(bytes.Length > PickleLimits.MaxBytes ? bytes[..PickleLimits.MaxBytes] : bytes);
        while (true)
        {
            machine.Charge(1);
            byte code = input.Byte();
            if (code == (byte)'.')
            {
                break;
            }

            machine.Step((char)code, ref input);
            if (machine._stack.Count > PickleLimits.MaxStack || machine._marks.Count > PickleLimits.MaxStack)
            {
                throw new PickleException($"its pickle stacks more than {PickleLimits.MaxStack} values.");
            }
        }

        length = input.Position;
        object? value = machine.Pop();
        PickleGraph.Check(value);
        return value;
    }

    private void Charge(long work)
    {
        _work += work;
        if (_work > PickleLimits.MaxInstructions)
        {
            throw new PickleException($"its pickle takes more than {PickleLimits.MaxInstructions} instructions.");
        }
    }

    private void Step(char code, ref PickleInput input)
    {
        bool known = Scalar(code, ref input) || Container(code) || Memory(code, ref input) || Construct(code, ref input);
        if (!known)
        {
            throw new PickleException(
                $"before byte {input.Position} its pickle has the instruction 0x{(int)code:x2}, which checkpoints do not use.");
        }
    }

    private bool Scalar(char code, ref PickleInput input)
    {
        object? value = code switch
        {
            'N' => null,
            '\x88' => true,
            '\x89' => false,
            'J' => (long)input.Int32(),
            'K' => (long)input.Byte(),
            'M' => (long)input.UInt16(),
            '\x8a' => input.Integer(input.Byte()),
            '\x8b' => input.Integer(input.Int32()),
            'G' => input.Double(),
            'X' => input.Text(input.Length(4)),
            '\x8c' => input.Text(input.Byte()),
            '\x8d' => input.Text(input.Length(8)),
            'T' => input.Latin1(input.Int32()),
            'U' => input.Latin1(input.Byte()),
            'B' => input.Bytes(input.Length(4)).ToArray(),
            'C' => input.Bytes(input.Byte()).ToArray(),
            '\x8e' or '\x96' => input.Bytes(input.Length(8)).ToArray(),
            'I' or 'L' => TextInteger(input.Line()),
            'F' => TextDouble(input.Line()),
            'V' => input.Line(),
            _ => this,
        };
        if (ReferenceEquals(value, this))
        {
            return false;
        }

        _stack.Add(value);
        return true;
    }

    private bool Memory(char code, ref PickleInput input)
    {
        switch (code)
        {
            case '\x80': // Protocol; PyTorch writes 2.
                int version = input.Byte();
                return version <= 5 ? true : throw new PickleException($"its pickle is of the unknown protocol {version}.");
            case '\x95': // A frame's length; only how Python buffers.
                long frame = input.Length(8);
                _ = frame is >= 0 and <= PickleLimits.MaxBytes
                    ? frame
                    : throw new PickleException($"its pickle claims a frame of {frame} bytes.");
                return true;
            case 'q':
                return Remember(input.Byte());
            case 'r':
                return Remember(input.Length(4));
            case 'p':
                return Remember(TextPlace(input.Line()));
            case '\x94':
                return Remember(_memo.Count);
            case 'h':
                return Recall(input.Byte());
            case 'j':
                return Recall(input.Length(4));
            case 'g':
                return Recall(TextPlace(input.Line()));
            default:
                return false;
        }
    }

    private bool Remember(long place)
    {
        _memo[place] = Peek();
        return _memo.Count <= PickleLimits.MaxMemo
            ? true
            : throw new PickleException($"its pickle remembers more than {PickleLimits.MaxMemo} values.");
    }

    private bool Recall(long place)
    {
        _stack.Add(_memo.TryGetValue(place, out object? value)
            ? value
            : throw new PickleException($"its pickle recalls value {place}, which it did not remember."));
        return true;
    }

    // A value below the last mark belongs to somebody else.
    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object? Peek() => _stack.Count > (_marks.Count == 0 ? 0 : _marks[^1])
        ? _stack[^1]
        : throw new PickleException("its pickle takes a value from an empty stack.");

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw new PickleException("its pickle goes back to a mark it did not set.");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        object?[] items = [.. _stack[mark..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }
}
