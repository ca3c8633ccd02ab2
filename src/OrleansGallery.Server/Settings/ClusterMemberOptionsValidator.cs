using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="ClusterMemberOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ClusterMemberOptionsValidator : IValidateOptions<ClusterMemberOptions>;
