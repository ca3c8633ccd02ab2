using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>Checks the ranges of <see cref="ServerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
