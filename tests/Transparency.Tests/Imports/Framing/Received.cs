using System.IO.Compression;
using System.Text;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>A file as a department might send it, in a folder of its own, and what becomes of it.</summary>
internal sealed class Received : IDisposable {
  public Received(byte[] bytes, string name = "export.csv") {
    Folder = Directory.CreateTempSubdirectory("framing").FullName;
    File = Path.Combine(Folder, name);
    System.IO.File.WriteAllBytes(File, bytes);
    Aside = new AsideWriter(Path.Combine(Folder, "aside.csv"));
  }

  public Received(string text, Encoding? encoding = null) : this((encoding ?? new UTF8Encoding(false)).GetBytes(text)) { }

  public string Folder { get; }
  public string File { get; }
  public AsideWriter Aside { get; }

  public FileShape Look(FramingChoice? choice = null) => Sniffer.Look(File, choice, TestContext.Current.CancellationToken);

  public FramedFile Frame(FramingLimits? limits = null, FramingChoice? choice = null) =>
    Framer.Run(
        File, Look(choice), Folder, Aside, null, limits ?? FramingLimits.Usual, TestContext.Current.CancellationToken);

  /// <summary>What is said when the file is refused, by looking at it or by framing it.</summary>
  public string Refusal(FramingLimits? limits = null) => Assert.Throws<RefusedException>(() => Frame(limits)).Problem.English;

  /// <summary>The records that passed, its header first, as the reference reads them.</summary>
  public static List<string[]> Rows(FramedFile file) => ReferenceCsv.Read(System.IO.File.ReadAllText(file.CsvPath, Strict), file.Delimiter);

  /// <summary>aside.csv, its header first.</summary>
  public List<string[]> AsideRows(char delimiter = ',') {
    Aside.Dispose();
    return ReferenceCsv.Read(System.IO.File.ReadAllText(Aside.Path, Strict), delimiter);
  }

  public static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

  public static byte[] Gzip(byte[] bytes) {
    using var to = new MemoryStream();
    using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
    return to.ToArray();
  }

  public void Dispose() {
    Aside.Dispose();
    Directory.Delete(Folder, recursive: true);
  }
}
