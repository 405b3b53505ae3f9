using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Porchlight.Host;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Law 3: no foreign key joins two modules. A table's room is the word before its first underscore.</summary>
public sealed class ForeignKeysTests {
  private static readonly string[] Rooms = ["kernel", .. ModuleList.All.Select(m => m.Name)];

  [Fact]
  public async Task No_foreign_key_joins_two_modules_and_every_table_names_its_room() {
    await using var host = await TestHost.StartAsync();
    await host.UseAsync((PlatformDb db) => {
      Assert.NotEmpty(db.Model.GetEntityTypes());
      Assert.Empty(ForeignKeys.Broken(db.Model, Rooms));
      return Task.CompletedTask;
    });
  }

  [Fact]
  public void A_foreign_key_between_two_modules_and_a_table_without_a_room_are_reported() {
    using var db = new Crossing();
    Assert.Equal(["The table of Stray, strays, names no module.", "kernel_notes.MeetingId points at meetings_meetings, which is another room's."],
      ForeignKeys.Broken(db.Model, ["kernel", "meetings"]).Order(StringComparer.Ordinal));
  }

  private sealed class Meeting { public int MeetingId { get; set; } }
  private sealed class Note { public int NoteId { get; set; } public int MeetingId { get; set; } }
  private sealed class Stray { public int StrayId { get; set; } }

  private sealed class Crossing : DbContext {
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite();
    protected override void OnModelCreating(ModelBuilder modelBuilder) {
      modelBuilder.Entity<Meeting>().ToTable("meetings_meetings");
      modelBuilder.Entity<Stray>().ToTable("strays");
      modelBuilder.Entity<Note>(e => {
        e.ToTable("kernel_notes");
        e.HasOne<Meeting>().WithMany().HasForeignKey(n => n.MeetingId);
      });
    }
  }
}

internal static class ForeignKeys {
  public static IReadOnlyList<string> Broken(IModel model, IReadOnlyCollection<string> rooms) => [.. model.GetEntityTypes().SelectMany(entity => {
    var table = entity.GetTableName()!;
    return entity.GetForeignKeys().Where(key => Room(key.PrincipalEntityType.GetTableName()!) != Room(table))
      .Select(key => $"{table}.{key.Properties[0].Name} points at {key.PrincipalEntityType.GetTableName()}, which is another room's.")
      .Concat(rooms.Contains(Room(table)) ? [] : [$"The table of {entity.ClrType.Name}, {table}, names no module."]);
  })];

  private static string Room(string table) => table.Contains('_') ? table[..table.IndexOf('_')] : "";
}
