namespace OrleansGallery.Retrieval;

/// <summary>Reads one query's items in their order, best first.</summary>
internal struct QueryTally()
{
    private int _position;
    private int _correct;
    private int _first;
    private int _last;
    private double _precision;
    private double _mate = double.PositiveInfinity;
    private double _impostor = double.PositiveInfinity;

    /// <summary>The next item.</summary>
    /// <param name="isCorrect">Whether it is the query's identity.</param>
    /// <param name="distance">How far it is.</param>
    public void Add(bool isCorrect, double distance)
    {
        _position++;
        if (!isCorrect)
        {
            _impostor = Math.Min(_impostor, distance);
            return;
        }

        _correct++;
        _precision += (double)_correct / _position;
        _last = _position;
        if (_correct == 1)
        {
            (_first, _mate) = (_position, distance);
        }
    }

    /// <summary>How the query did.</summary>
    /// <param name="query">The query's row.</param>
    /// <param name="beyond">Correct items behind all that were read: as if they were infinitely far.</param>
    /// <returns>Null: it has no correct item to find.</returns>
    public readonly QueryResult? ToResult(int query, int beyond = 0) => _correct + beyond == 0
        ? null
        : new QueryResult(
            query, _precision / (_correct + beyond), beyond > 0 ? 0 : (double)_correct / _last,
            _correct == 0 ? int.MaxValue : _first, _mate, _impostor);
}
