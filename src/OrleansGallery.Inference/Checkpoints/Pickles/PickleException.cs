namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A pickle is malformed, over a limit, or asks for what is not given; becomes a <see cref="CheckpointException"/>.</summary>
/// <param name="fact">What is wrong.</param>
internal sealed class PickleException(string fact) : Exception(fact);
