using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Web;

namespace OrleansGallery.Server;

/// <summary>
/// HTTP of a process, whatever its roles: where it listens, and how it is asked whether it lives and can serve, and
/// what it did. The galleries' routes are the role api's.
/// </summary>
internal static class HttpServer
{
    public static void AddHttpServer(this WebApplicationBuilder builder, ServerOptions server)
    {
        IServiceCollection services = builder.Services;
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyLimits>();
        services.AddSingleton(s => new KnownKeys(
            () => s.GetRequiredService<IGrainFactory>().GetGrain<IKeysGrain>(0).ListAsync(withRevoked: false),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HttpCertificate>();
        services.ConfigureHttpJsonOptions(json => GalleryJson.Configure(json.SerializerOptions));
        if (ListenAddress.Split(server.Urls).Length == 0)
        {
            services.AddSingleton<IServer, NoServer>();
            return;
        }

        // In this order: TLS needs what Kestrel sets up of its options first.
        builder.WebHost.UseKestrelCore();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
    }

    public static void UseHttpServer(this WebApplication app, IReadOnlyList<string> roles)
    {
        ServerOptions server = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        if (server.BehindProxy)
        {
            app.UseForwardedHeaders(BehindProxy());
        }

        if (server.Hsts)
        {
            app.UseHsts();
        }

        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<RawTargetGuard>();
        app.UseRouting();
        bool hasApi = roles.Contains(SiloRoles.Api);
        if (hasApi)
        {
            app.UseMiddleware<AuditTrail>();
            // Before the keys: looking one up may wait for the store.
            app.UseMiddleware<DeadlineGuard>();
        }

        app.UseMiddleware<KeyGuard>();
        HealthEndpoints.Map(app.MapGroup("").WithTags("Health"));
        TelemetrySetup.Map(app, app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value);
        if (hasApi)
        {
            app.UseHttpApi();
            app.UseWebPage();
        }
    }

    // Whoever it is: nothing is decided by it but what the page takes for its own address.
    private static ForwardedHeadersOptions BehindProxy()
    {
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }
}
