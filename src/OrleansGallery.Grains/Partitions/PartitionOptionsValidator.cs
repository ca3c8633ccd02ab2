using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>Checks <see cref="PartitionOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class PartitionOptionsValidator : IValidateOptions<PartitionOptions>;
