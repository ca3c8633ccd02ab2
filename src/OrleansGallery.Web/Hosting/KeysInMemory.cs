using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace OrleansGallery.Web;

/// <summary>Keys of this process alone: what a page says to its circuit is of use to no other one, and the framework
/// would put them in the user's home folder.</summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly Lock _lock = new();
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            return [.. _keys.Select(key => new XElement(key))];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock)
        {
            _keys.Add(new XElement(element));
        }
    }
}
