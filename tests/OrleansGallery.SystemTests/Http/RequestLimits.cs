using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OrleansGallery.SystemTests.Http;

/// <summary>The server's limits of a request as they were at its end; null: none.</summary>
public sealed record RequestLimits(double? BytesPerSecondIn, double? BytesPerSecondOut, long? BodyBytes)
{
    public static RequestLimits Of(IFeatureCollection features) => new(
        features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate?.BytesPerSecond,
        features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate?.BytesPerSecond,
        features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize);
}
