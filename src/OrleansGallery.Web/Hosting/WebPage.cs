using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OrleansGallery.Client;

namespace OrleansGallery.Web;

/// <summary>The page at <c>/</c>: its services, its files, its routes.</summary>
public static class WebPage
{
    // A picture arrives in messages of this size; the framework's 32 KiB make many of it.
    private const int MaxMessageBytes = 256 * 1024;

    /// <summary>Adds what the page needs.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="connect">Connects to this process's HTTP API; asked when the first page is shown.</param>
    /// <param name="asksForKeys">Whether the API asks for keys, so that visitors have to sign in with theirs.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWebPage(
        this IServiceCollection services, Func<IServiceProvider, HttpClient> connect, bool asksForKeys)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => new PageConnection(() => connect(provider), asksForKeys));
        services.AddScoped(ClientOfVisitor);
        services.AddSingleton<PageSession>();
        services.AddScoped<BrowserModule>();
        services.AddScoped<OwnAccess>();
        services.AddScoped<LastOperation>();
        services.AddDataProtection().AddKeyManagementOptions(static keys =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        services.AddAntiforgery(
            static forgery => forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddMudServices();
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxMessageBytes);
        return services;
    }

    /// <summary>Maps the page's routes; before them stands <see cref="PageGuard"/>.</summary>
    /// <param name="app">The application, its routing in use.</param>
    public static void UseWebPage(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<PageGuard>();
        app.UseMiddleware<SignInGuard>();
        app.UseAntiforgery();
        PageFiles.Map(app);
        SignInEndpoints.Map(app);
        ThumbnailRoute.Map(app);
        ReferencePage.Map(app);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .WithMetadata(new PageMark());
    }

    // In a circuit, whose visitor is known from its beginning.
    private static GalleryClient ClientOfVisitor(IServiceProvider circuit)
    {
        PageConnection connection = circuit.GetRequiredService<PageConnection>();
        Task<AuthenticationState> visitor =
            circuit.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync();
        return connection.ClientOf(visitor.IsCompletedSuccessfully ? visitor.Result.User : null);
    }
}
