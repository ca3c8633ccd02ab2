using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>Checks <see cref="CommitterOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class CommitterOptionsValidator : IValidateOptions<CommitterOptions>;
