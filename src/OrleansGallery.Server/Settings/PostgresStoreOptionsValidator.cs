using Microsoft.Extensions.Options;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Checks <see cref="PostgresStoreOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class PostgresStoreOptionsValidator : IValidateOptions<PostgresStoreOptions>;
