namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// A pickle is malformed, over a limit, or asks for what is not given; becomes a <see cref="CheckpointException"/>.
/// </summary>
internal sealed class PickleException(string fact) : Exception(fact);
