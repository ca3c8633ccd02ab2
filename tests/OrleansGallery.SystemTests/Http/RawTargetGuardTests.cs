using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class RawTargetGuardTests
{
    [Theory]
    [InlineData("/v1/galleries/a%20b/identities/%F0%9F%A6%8A")]
    [InlineData("/v1/galleries/%252F")]
    [InlineData("/v1/galleries/.../identities")]
    [InlineData("/v1/galleries?cursor=a%2Fb/../%FF")]
    [InlineData("http://localhost:5210/v1/galleries/a")]
    [InlineData("http://localhost")]
    [InlineData("*")]
    public void Require_UnambiguousTarget_IsLet(string target) => RawTargetGuard.Require(target);

    [Theory]
    [InlineData("/v1/galleries/a%2Fb")]
    [InlineData("/v1/galleries/a/identities/..")]
    [InlineData("/v1/galleries/a/identities/%2E%2e")]
    [InlineData("/v1/galleries/a/./identities")]
    [InlineData("/v1/galleries/%C3")]
    [InlineData("/v1/galleries/%C0%AF")]
    [InlineData("/v1/galleries/%ED%A0%80")]
    [InlineData("/v1/galleries/50%")]
    [InlineData("http://localhost/v1/galleries/..")]
    public void Require_AmbiguousTarget_IsRefused(string target) =>
        Assert.Throws<InvalidIdException>(() => RawTargetGuard.Require(target));
}
