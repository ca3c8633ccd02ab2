namespace OrleansGallery.Benchmarks.Searching;

/// <summary>One line of the table of peers.</summary>
internal interface IContestant
{
    /// <summary>What it is.</summary>
    string Description { get; }

    /// <summary>Seconds until it was ready to search.</summary>
    double ReadySeconds { get; }

    /// <summary>Memory per row.</summary>
    double BytesPerRow { get; }

    /// <summary>The share of the true k best that it has found so far.</summary>
    double Recall { get; }

    /// <summary>Answers some queries together.</summary>
    /// <param name="first">The first query.</param>
    /// <param name="count">How many.</param>
    /// <param name="times">Takes the time; null for a warm-up.</param>
    void Search(int first, int count, TimeSeries? times);
}
