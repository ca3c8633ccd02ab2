using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Each anchor's farthest row of its own identity and nearest row of another one.</summary>
/// <param name="Positive">[N], the distance to the former; the anchor itself counts.</param>
/// <param name="Negative">[N], the distance to the latter; infinite where there is no other identity.</param>
/// <param name="PositiveIndex">[N], its row.</param>
/// <param name="NegativeIndex">[N], its row.</param>
internal sealed record HardPairs(Tensor Positive, Tensor Negative, Tensor PositiveIndex, Tensor NegativeIndex);
