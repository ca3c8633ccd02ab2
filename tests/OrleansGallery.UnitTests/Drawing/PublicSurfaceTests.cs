using System.Reflection;
using OrleansGallery.Drawing;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void PublicMembers_OfDrawing_NameNoTypeOfSkia()
    {
        IEnumerable<string> members = typeof(Catalogue).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMembers())
            .Where(member => TypesOf(member).Any(type =>
                type.FullName?.Contains("SkiaSharp", StringComparison.Ordinal) == true))
            .Select(member => $"{member.DeclaringType}.{member}");

        Assert.Empty(members);
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodBase method => [.. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method is MethodInfo { ReturnType: { } type } ? new[] { type } : []],
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
