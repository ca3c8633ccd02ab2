using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// All routes of version 1 hang under one group: a filter that stands here (keys, limits) stands before every one of
/// them.
/// </summary>
internal static class GalleryRoutes
{
    public const string Prefix = Version + Galleries;

    public const string Starting = "This process is starting; it has no silo to ask yet.";
    public const string KeysPrefix = Version + Keys;

    private const string Version = "/v1";
    private const string Keys = "/keys";
    private const string Galleries = "/galleries";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder all = routes.MapGroup(Version).WithMetadata(new GalleryRouteMark());
        all.AddEndpointFilterFactory((context, next) =>
        {
            IHostApplicationLifetime lifetime =
                context.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
            return call => lifetime.ApplicationStarted.IsCancellationRequested
                ? next(call)
                : throw new RetryException(Starting);
        });
        all.AddEndpointFilter(static async (call, next) => JsonAnswer.Of(await next(call)));
        RouteGroupBuilder galleries = all.MapGroup(Galleries);
        RouteGroupBuilder gallery = galleries.MapGroup("/{gallery}");
        RouteGroupBuilder identity = gallery.MapGroup("/identities/{identity}");
        GalleryEndpoints.Map(galleries.MapGroup("").WithTags("Galleries"));
        CalibrationEndpoints.Map(galleries.MapGroup("").WithTags("Galleries"));
        IdentityEndpoints.Map(gallery.MapGroup("/identities").WithTags("Identities"));
        AttributeEndpoints.Map(identity.MapGroup("").WithTags("Identities"));
        IdentityEndpoints.MapSpellings(gallery.MapGroup("").WithTags("Identities"));
        OperationEndpoints.Map(gallery);
        ImageEndpoints.Map(identity.MapGroup("/images").WithTags("Images"));
        InsightEndpoint.Map(identity.MapGroup("").WithTags("Identities"));
        ConfusabilityEndpoint.Map(identity.MapGroup("").WithTags("Identities"));
        SuggestionEndpoints.Map(gallery.MapGroup("").WithTags("Identities"));
        ObservationEndpoints.Map(gallery);
        IngestEndpoint.Map(gallery.MapGroup("").WithTags("Images"));
        SearchEndpoint.Map(gallery.MapGroup("").WithTags("Search"));
        EventEndpoints.Map(gallery.MapGroup("").WithTags("Events"));
        KeyEndpoints.Map(all.MapGroup(Keys).WithTags("Keys"));
        OwnKeyEndpoint.Map(all.MapGroup("").WithTags("Keys"));
        ClusterEndpoint.Map(all.MapGroup("/cluster").WithTags("Cluster"));
    }
}
