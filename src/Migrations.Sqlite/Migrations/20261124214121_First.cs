using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Porchlight.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "kernel_area_maps",
                columns: table => new
                {
                    AreaMapId = table.Column<Guid>(type: "TEXT", nullable: false),
                    HoldsFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ImportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_area_maps", x => x.AreaMapId);
                });

            migrationBuilder.CreateTable(
                name: "kernel_settings",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_settings", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "kernel_areas",
                columns: table => new
                {
                    AreaMapId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    District = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    Population = table.Column<int>(type: "INTEGER", nullable: true),
                    Shape = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_areas", x => new { x.AreaMapId, x.Code });
                    table.ForeignKey(
                        name: "FK_kernel_areas_kernel_area_maps_AreaMapId",
                        column: x => x.AreaMapId,
                        principalTable: "kernel_area_maps",
                        principalColumn: "AreaMapId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_kernel_area_maps_HoldsFrom",
                table: "kernel_area_maps",
                column: "HoldsFrom",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_areas");

            migrationBuilder.DropTable(
                name: "kernel_settings");

            migrationBuilder.DropTable(
                name: "kernel_area_maps");
        }
    }
}
