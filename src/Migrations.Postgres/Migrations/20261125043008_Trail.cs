using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Porchlight.Migrations.Postgres.Migrations
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
                    TrailEntryId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: true),
                    ActorName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Action = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    From = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Words = table.Column<string>(type: "character varying(1048)", maxLength: 1048, nullable: false)
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

            // append-only: not even the program can change what was written
            migrationBuilder.Sql("""
                CREATE FUNCTION kernel_trail_stands() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'kernel_trail is append-only'; END $$;
                CREATE TRIGGER kernel_trail_no_change BEFORE UPDATE OR DELETE ON kernel_trail FOR EACH ROW EXECUTE FUNCTION kernel_trail_stands();
                CREATE TRIGGER kernel_trail_no_truncate BEFORE TRUNCATE ON kernel_trail FOR EACH STATEMENT EXECUTE FUNCTION kernel_trail_stands();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_trail");

            migrationBuilder.Sql("DROP FUNCTION kernel_trail_stands();");
        }
    }
}
