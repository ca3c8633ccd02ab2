using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
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
    /// <param name="address">Where this process's HTTP API listens; asked when the first page is shown.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWebPage(
        this IServiceCollection services, Func<IServiceProvider, Uri> address)
    {
        ArgumentNullException.ThrowIfNull(services);
        // The page's way to the service: the HTTP API that everybody has, and nothing else. One for all circuits: a
        // circuit that ends disposes of what was made for it.
        services.AddSingleton(provider => new GalleryClient(address(provider)));
        services.AddScoped<BrowserModule>();
        services.AddDataProtection().AddKeyManagementOptions(static keys =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
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
        app.UseAntiforgery();
        PageFiles.Map(app);
        ThumbnailRoute.Map(app);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .WithMetadata(new PageMark());
    }
}
