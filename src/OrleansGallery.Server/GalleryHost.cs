using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>A process of the service: alone all of it (store, silo, model, HTTP API), in a cluster its roles of it.
/// </summary>
public static class GalleryHost
{
    /// <summary>Environment variables with this prefix are settings: <c>GALLERY_Server__DataFolder</c>.</summary>
    public const string EnvironmentPrefix = "GALLERY_";

    /// <summary>Builds the service; nothing listens before it is started, but the data folder is taken.</summary>
    /// <param name="configFile">A JSON file of settings, by section; null: none.</param>
    /// <param name="settings">Settings that win over all others, for example <c>Server:Urls</c>.</param>
    /// <returns>The application; dispose of it, also when it was never started.</returns>
    /// <exception cref="OptionsValidationException">Settings are wrong; one failure each.</exception>
    /// <exception cref="DataFolderInUseException">Another process has the data folder.</exception>
    /// <exception cref="StartRefusedException">A certificate, an address or the audit file is of no use.</exception>
    public static WebApplication Build(
        string? configFile = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        IReadOnlyList<string> failures = SettingsSources.AddTo(builder.Configuration, configFile, settings);
        KnownSettings.Require(failures, builder.Configuration);
        AddLogging(builder);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        ServerOptions server = KnownSettings.Read<ServerOptions>(builder.Configuration);
        builder.AddRoles(server, KnownSettings.Read<ClusterMemberOptions>(builder.Configuration));
        WebApplication app = builder.Build();
        try
        {
            // A folder or an audit file in use is found before anything starts.
            _ = app.Services.GetService<AuditFile>();
            GalleryRole.Open(app.Services);
            app.UseHttpServer(server.RoleNames);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>The settings that a service of these sources would have, as far as they are its own.</summary>
    /// <param name="configFile">A JSON file of settings, by section; null: none.</param>
    public static ServerOptions ReadSettings(string? configFile)
    {
        ConfigurationBuilder sources = new();
        if (configFile is not null)
        {
            sources.AddJsonFile(Path.GetFullPath(configFile), optional: false, reloadOnChange: false);
        }

        return KnownSettings.Read<ServerOptions>(sources.AddEnvironmentVariables(EnvironmentPrefix).Build());
    }

    /// <summary>Where a started service listens.</summary>
    /// <param name="app">The application.</param>
    /// <returns>Its first address, with the real port.</returns>
    public static Uri AddressOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return AddressOf(app.Services.GetRequiredService<IServer>());
    }

    internal static Uri AddressOf(IServer server) => new(AddressesOf(server).FirstOrDefault()
        ?? throw new InvalidOperationException("The service is not started, or listens nowhere."));

    /// <summary>Starts the service, says where it listens, and runs it until a signal or a token stops it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="output">Receives one line <c>Listening on http://127.0.0.1:5210</c> per address.</param>
    /// <param name="cancellationToken">Stops the service in order.</param>
    /// <returns>When it has stopped.</returns>
    public static async Task RunAsync(WebApplication app, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await StopWhatStartedAsync(app);
            throw;
        }

        foreach (string address in AddressesOf(app))
        {
            await output.WriteLineAsync($"Listening on {address}");
        }

        if (AddressesOf(app).Count == 0)
        {
            await output.WriteLineAsync("Started; listening for HTTP nowhere");
        }

        await output.FlushAsync(CancellationToken.None);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    // What did start, the silo for one, must not be disposed of while it runs. A silo that did not start says so here,
    // and why it did not is what counts.
    private static async Task StopWhatStartedAsync(WebApplication app)
    {
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException)
        {
        }
    }

    private static ICollection<string> AddressesOf(WebApplication app) =>
        AddressesOf(app.Services.GetRequiredService<IServer>());

    private static ICollection<string> AddressesOf(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private static void AddLogging(WebApplicationBuilder builder)
    {
        // Standard output is for the answer of a command; logs go to standard error.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("OrleansGallery", LogLevel.Information);
        // The framework logs its own steps under the name of our grain service, advises server GC at every start, and
        // takes the time since the machine's start for a late first health check.
        builder.Logging.AddFilter("OrleansGallery.Grains.SiloSearch", LogLevel.Warning);
        builder.Logging.AddFilter("OrleansGallery.Grains.SiloPartitions", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor", LogLevel.Error);
        // Whoever wants the audit trail in the log says so (Logging:LogLevel); it is a line per write.
        builder.Logging.AddFilter(AuditTrail.Category, LogLevel.None);
        // A failed start is thrown to the caller, who says it in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
