using Microsoft.Extensions.Options;
using OrleansGallery.Inference;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="TorchOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TorchOptionsValidator : IValidateOptions<TorchOptions>;
