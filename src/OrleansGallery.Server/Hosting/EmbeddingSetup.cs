using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Grains;
using OrleansGallery.Inference;

namespace OrleansGallery.Server;

/// <summary>The models of this process.</summary>
internal static class EmbeddingSetup
{
    public static void AddEmbedding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BatchingOptions>()
            .Bind(configuration.GetSection(BatchingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IImageEmbedder, BatchedEmbedder>();
    }
}
