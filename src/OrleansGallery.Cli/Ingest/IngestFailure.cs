namespace OrleansGallery.Cli;

/// <summary>One file that was not enrolled.</summary>
internal sealed record IngestFailure
{
    public required string File { get; init; }

    /// <summary>The service's code; <c>unreadable</c>: the file; <c>stray</c>: it is in no identity's folder;
    /// <c>invalid_row</c>: a row of an import; <c>malformed</c>: the rest of its file.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }
}
