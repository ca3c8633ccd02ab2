using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>A parameter with Adam's two running means.</summary>
internal sealed class AdamSlot : IDisposable
{
    public AdamSlot(string name, Parameter parameter)
    {
        (Name, Parameter) = (name, parameter);
        using IDisposable mode = no_grad();
        Mean = zeros_like(parameter).DetachFromDisposeScope();
        Square = zeros_like(parameter).DetachFromDisposeScope();
    }

    public string Name { get; }

    public Parameter Parameter { get; }

    public Tensor Mean { get; }

    public Tensor Square { get; }

    public void Dispose()
    {
        Mean.Dispose();
        Square.Dispose();
    }
}
