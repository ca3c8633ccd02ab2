using Microsoft.Extensions.Options;
using OrleansGallery.Inference;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="BatchingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class BatchingOptionsValidator : IValidateOptions<BatchingOptions>;
