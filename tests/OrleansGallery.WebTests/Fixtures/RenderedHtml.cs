using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using OrleansGallery.Client;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>A component as it is first drawn, without a browser and a service.</summary>
internal static class RenderedHtml
{
    public static async Task<string> OfAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        // Nobody listens there: pictures cannot be asked for.
        await using ServiceProvider services = new ServiceCollection().AddLogging().AddMudServices()
            .AddSingleton(new GalleryClient(new Uri("http://127.0.0.1:9"))).BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(
            ParameterView.FromDictionary(parameters.ToDictionary(each => each.Name, each => each.Value))))
            .ToHtmlString());
    }
}
