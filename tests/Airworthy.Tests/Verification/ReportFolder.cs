using System.Text;
using Airworthy.Verification;

namespace Airworthy.Tests.Verification;

/// <summary>A folder of reports that a test writes, gone when it ends.</summary>
public sealed class ReportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airworthy-reports-");

    public ReportFile Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public ReportFile Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return new ReportFile(path, name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
