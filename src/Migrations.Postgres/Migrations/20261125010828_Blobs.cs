using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Porchlight.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Blobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "published");

            migrationBuilder.EnsureSchema(
                name: "restricted");

            migrationBuilder.CreateTable(
                name: "kernel_chunks",
                schema: "published",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_chunks", x => new { x.Sha256, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "kernel_chunks",
                schema: "restricted",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_chunks1", x => new { x.Sha256, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "kernel_documents",
                schema: "published",
                columns: table => new
                {
                    Path = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_documents", x => x.Path);
                });

            migrationBuilder.CreateTable(
                name: "kernel_documents",
                schema: "restricted",
                columns: table => new
                {
                    Path = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_documents1", x => x.Path);
                });

            migrationBuilder.CreateTable(
                name: "kernel_files",
                schema: "published",
                columns: table => new
                {
                    Tree = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_files", x => new { x.Tree, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "kernel_files",
                schema: "restricted",
                columns: table => new
                {
                    Tree = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_kernel_files1", x => new { x.Tree, x.Name });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kernel_chunks",
                schema: "published");

            migrationBuilder.DropTable(
                name: "kernel_chunks",
                schema: "restricted");

            migrationBuilder.DropTable(
                name: "kernel_documents",
                schema: "published");

            migrationBuilder.DropTable(
                name: "kernel_documents",
                schema: "restricted");

            migrationBuilder.DropTable(
                name: "kernel_files",
                schema: "published");

            migrationBuilder.DropTable(
                name: "kernel_files",
                schema: "restricted");
        }
    }
}
