using System.Buffers;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The best matches found so far by all threads of a scan: one heap, and one threshold that they read without a lock.
/// The heap's array comes from the shared pool, so a query allocates no more than its answer.
/// </summary>
internal sealed class TopMatches : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _top;

    // A heap with the worst match at its root.
    private readonly Match[] _heap;
    private int _count;
    private double _threshold;

    public TopMatches(int top, double? minimumScore)
    {
        _top = top;
        _heap = ArrayPool<Match>.Shared.Rent(top);
        _threshold = minimumScore ?? double.NegativeInfinity;
    }

    /// <summary>
    /// A row whose score is below this cannot be a match: the minimum score or, once there are k matches, the k-th
    /// score. It only grows. An equal score may still win by its id.
    /// </summary>
    public double Threshold => Volatile.Read(ref _threshold);

    /// <summary>Whether there are as many matches as were asked for.</summary>
    public bool IsFull => Volatile.Read(ref _count) == _top;

    public void Offer(in Match match)
    {
        lock (_lock)
        {
            if (match.Score < _threshold)
            {
                return;
            }

            if (_count < _top)
            {
                SiftUp(_count++, match);
            }
            else if (MatchOrder.Instance.Compare(match, _heap[0]) < 0)
            {
                SiftDown(match);
            }

            if (_count == _top)
            {
                Volatile.Write(ref _threshold, _heap[0].Score);
            }
        }
    }

    /// <summary>The matches in order; threads must have finished offering.</summary>
    public Match[] ToSortedArray()
    {
        Match[] matches = _heap.AsSpan(0, _count).ToArray();
        Array.Sort(matches, MatchOrder.Instance);
        return matches;
    }

    public void Dispose() => ArrayPool<Match>.Shared.Return(_heap, clearArray: true);

    private void SiftUp(int at, in Match match)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (MatchOrder.Instance.Compare(match, _heap[parent]) <= 0)
            {
                break;
            }

            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = match;
    }

    private void SiftDown(in Match match)
    {
        int at = 0;
        for (int child = 1; child < _count; child = (2 * at) + 1)
        {
            if (child + 1 < _count && MatchOrder.Instance.Compare(_heap[child + 1], _heap[child]) > 0)
            {
                child++;
            }

            if (MatchOrder.Instance.Compare(match, _heap[child]) >= 0)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = match;
    }
}
