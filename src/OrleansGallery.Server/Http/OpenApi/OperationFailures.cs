namespace OrleansGallery.Server;

/// <summary>The error codes that an operation can answer with, besides those of all.</summary>
internal sealed record OperationFailures(IReadOnlyList<string> Codes);
