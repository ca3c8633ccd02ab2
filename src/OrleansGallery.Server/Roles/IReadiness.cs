namespace OrleansGallery.Server;

/// <summary>What a process needs in order to serve.</summary>
internal interface IReadiness
{
    /// <summary>What is missing, as a sentence; null: it can serve.</summary>
    string? Missing { get; }
}
