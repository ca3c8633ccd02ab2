using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>Runs the models. It needs a folder of them, and neither the store nor the data folder's lock.</summary>
internal static class EmbeddingRole
{
    public const string Name = SiloRoles.Embedding;

    public static void Add(WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSection<BatchingOptions>(builder.Configuration);
        services.AddSection<TorchOptions>(builder.Configuration);
        TorchRuntime.Configure(KnownSettings.Read<TorchOptions>(builder.Configuration));
        services.AddSingleton(s => new ModelStore(s.GetRequiredService<IOptions<ServerOptions>>().Value.ModelsFolder));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(s => new ModelFetch(
            model => s.GetRequiredService<IGrainFactory>().GetGrain<IModelFileGrain>(model),
            s.GetRequiredService<ModelStore>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ModelFetch>>()));
        services.AddSingleton<InferenceInstruments>();
        services.AddSingleton<IImageEmbedder, ModelHost>();
    }
}
