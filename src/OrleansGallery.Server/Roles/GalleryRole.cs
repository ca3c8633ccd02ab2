using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>
/// Holds partitions and identities. Its store is the cluster's database or, in a process that is its own cluster, a
/// file in the data folder, which this process then has for itself.
/// </summary>
internal static partial class GalleryRole
{
    public const string Name = SiloRoles.Gallery;

    public static void Add(WebApplicationBuilder builder, ClusterMemberOptions cluster)
    {
        IServiceCollection services = builder.Services;
        services.AddSection<CommitterOptions>(builder.Configuration);
        services.AddSection<CoderOptions>(builder.Configuration);
        services.AddSection<PartitionOptions>(builder.Configuration);
        if (cluster.IsShared)
        {
            services.AddSection<PostgresStoreOptions>(builder.Configuration);
            services.AddSingleton<IGalleryStore>(s => new PostgresGalleryStore(
                cluster.Database, s.GetRequiredService<IOptions<PostgresStoreOptions>>().Value));
            return;
        }

        services.AddSingleton(s => DataFolder.Open(s.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder));
        services.AddSingleton<IGalleryStore>(
            s => OpenFile(s.GetRequiredService<DataFolder>().DatabaseFile, s.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>Takes the data folder, where there is one, so that one in use is found before anything starts.
    /// </summary>
    public static void Open(IServiceProvider services) => services.GetService<IGalleryStore>();

    private static SqliteGalleryStore OpenFile(string file, ILoggerFactory loggers)
    {
        SqliteGalleryStore store = new(file);
        SchemaStatus before = store.SchemaBefore;
        if (before.Found == 0)
        {
            Log.Made(loggers.CreateLogger(typeof(GalleryRole)), file, before.Known);
        }
        else if (before.Found < before.Known)
        {
            Log.Migrated(loggers.CreateLogger(typeof(GalleryRole)), file, before.Found, before.Known);
        }

        return store;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The store {File} was made, with schema version {Version}")]
        public static partial void Made(ILogger logger, string file, int version);

        [LoggerMessage(
            LogLevel.Warning,
            "The store {File} was migrated from schema version {Found} to {Known}; an older program cannot open it "
            + "any more")]
        public static partial void Migrated(ILogger logger, string file, int found, int known);
    }
}
