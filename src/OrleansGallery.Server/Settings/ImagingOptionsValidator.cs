using Microsoft.Extensions.Options;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="ImagingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ImagingOptionsValidator : IValidateOptions<ImagingOptions>;
