using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="ServerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
