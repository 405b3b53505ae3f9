using System.ComponentModel.DataAnnotations;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.Approvals;

/// <summary>A button without fields.</summary>
public sealed record PrepareForm;

/// <summary>What changed, for the public.</summary>
public sealed record SendForm {
  [Required(ErrorMessage = "approve.reason.missing"), StringLength(500, ErrorMessage = "approve.long")] public string? Reason { get; set; }
  [StringLength(500, ErrorMessage = "approve.long")] public string? ReasonSpanish { get; set; }
}

/// <summary>Why an edition is refused.</summary>
public sealed record RefuseForm {
  [Required(ErrorMessage = "approve.refusal.missing"), StringLength(500, ErrorMessage = "approve.long")] public string? Why { get; set; }
}

/// <summary>Every dataset's edition, and what waits.</summary>
public sealed record EditionsModel(IReadOnlyList<DatasetModel> Datasets, string? Problem);

/// <summary>One dataset.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">In words.</param>
/// <param name="Says">Which edition is public, and what came since.</param>
/// <param name="CanPrepare">Whether something has been imported.</param>
/// <param name="Prepared">Those prepared, the latest first.</param>
public sealed record DatasetModel(string Name, string Label, string Says, bool CanPrepare, DataTableModel Prepared);

/// <summary>A preview.</summary>
public sealed record PreviewModel(
  FormState Send, FormState Refuse, Guid PreparedEditionId, string Title, string Lead, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<DataTableModel> Tables,
  DataTableModel Fields, bool MaySend, bool MayDecide, bool IsMine, IReadOnlyList<string> Said);
