using OrleansGallery.Drawing;

namespace OrleansGallery.TorchTests.Augmentation;

/// <summary>Python's own generator (MT19937), so that what the reference drew can be drawn again.</summary>
internal sealed class PythonRandom : IRandomNumbers
{
    private const int Length = 624;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    public PythonRandom(uint seed)
    {
        // init_by_array with the seed as its only word, as random.seed(int) does.
        _state[0] = 19650218;
        for (uint i = 1; i < Length; i++)
        {
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
        }

        uint at = 1;
        for (int k = 0; k < Length; k++)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1664525)) + seed;
            at = Advance(at);
        }

        for (int k = 0; k < Length - 1; k++)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1566083941)) - at;
            at = Advance(at);
        }

        _state[0] = 0x80000000;
    }

    public double NextDouble()
    {
        uint a = Next() >> 5;
        uint b = Next() >> 6;
        return ((a * 67108864.0) + b) / 9007199254740992.0;
    }

    public int Below(int count)
    {
        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count);
        uint drawn;
        do
        {
            drawn = Next() >> (32 - bits);
        }
        while (drawn >= (uint)count);
        return (int)drawn;
    }

    private uint Advance(uint at)
    {
        if (at + 1 < Length)
        {
            return at + 1;
        }

        _state[0] = _state[Length - 1];
        return 1;
    }

    private uint Next()
    {
        if (_next == Length)
        {
            for (int i = 0; i < Length; i++)
            {
                uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
                _state[i] = _state[(i + 397) % Length] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }

            _next = 0;
        }

        uint z = _state[_next++];
        z ^= z >> 11;
        z ^= (z << 7) & 0x9d2c5680;
        z ^= (z << 15) & 0xefc60000;
        return z ^ (z >> 18);
    }
}
