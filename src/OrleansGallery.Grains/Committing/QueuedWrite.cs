namespace OrleansGallery.Grains;

/// <summary>What waits for the committer's thread: one identity's change, or any other write.</summary>
/// <param name="Change">The change; null: another write.</param>
/// <param name="Other">The other write; null: a change.</param>
internal readonly record struct QueuedWrite(ChangeTicket? Change, Action? Other);
