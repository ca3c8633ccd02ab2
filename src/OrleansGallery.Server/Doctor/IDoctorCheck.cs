namespace OrleansGallery.Server;

/// <summary>Looks at one thing that a start depends on, and changes nothing.</summary>
internal interface IDoctorCheck
{
    /// <summary>What it looks at, in a word.</summary>
    string Name { get; }

    /// <summary>Looks. What it throws is a finding too.</summary>
    /// <param name="report">Receives what is found.</param>
    /// <param name="cancellationToken">The time is up.</param>
    /// <returns>When all is said.</returns>
    Task RunAsync(DoctorReport report, CancellationToken cancellationToken);
}
