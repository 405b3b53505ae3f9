using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Porchlight.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Trail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kernel_trail",
                columns: table => new
                {
                    TrailEntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ActorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Action = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 1048, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_trail", x => x.TrailEntryId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_trail_Action_At_TrailEntryId",
                table: "kernel_trail",
                columns: new[] { "Action", "At", "TrailEntryId" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_trail_ActorId_At_TrailEntryId",
                table: "kernel_trail",
                columns: new[] { "ActorId", "At", "TrailEntryId" });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_trail_At_TrailEntryId",
                table: "kernel_trail",
                columns: new[] { "At", "TrailEntryId" });

            // append-only: not even the program can change what was written (INSERT OR REPLACE removes without a DELETE trigger)
            migrationBuilder.Sql("""
                CREATE TRIGGER kernel_trail_no_update BEFORE UPDATE ON kernel_trail BEGIN SELECT RAISE(ABORT, 'kernel_trail is append-only'); END;
                CREATE TRIGGER kernel_trail_no_delete BEFORE DELETE ON kernel_trail BEGIN SELECT RAISE(ABORT, 'kernel_trail is append-only'); END;
                CREATE TRIGGER kernel_trail_no_replace BEFORE INSERT ON kernel_trail
                    WHEN EXISTS (SELECT 1 FROM kernel_trail WHERE "TrailEntryId" = NEW."TrailEntryId")
                    BEGIN SELECT RAISE(ABORT, 'kernel_trail is append-only'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_trail");
        }
    }
}
