using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>Checks <see cref="CoderOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class CoderOptionsValidator : IValidateOptions<CoderOptions>;
