import type { PageModel } from "../model/page-model.ts";
import { type Table, tablesOf } from "../model/table.ts";
import { has } from "./words.ts";

/** The tables: the content of the picture in words. */
export function Tables({ model, query }: { readonly model: PageModel; readonly query: string }) {
  return (
    <section class="tables" aria-labelledby="tables">
      <h2 id="tables">The same in tables</h2>
      {tablesOf(model).map((table) => (
        <TableView key={table.caption} table={table} query={query} />
      ))}
    </section>
  );
}

function TableView({ query, table }: { readonly table: Table; readonly query: string }) {
  const rows = table.rows.filter(({ cells }) => has(query, ...cells));
  return (
    <details open={table.rows.length <= 30}>
      <summary>
        {table.caption} <span class="count">{table.rows.length}</span>
      </summary>
      <div class="scroll" role="region" aria-label={table.caption} tabIndex={0}>
        <table>
          <caption class="hidden">{table.caption}</caption>
          <thead>
            <tr>
              {table.head.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ cells, id }) => (
              <tr key={id} data-id={id}>
                {cells.map((cell, index) =>
                  index === 0 ? (
                    <th key={table.head[index]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={table.head[index]}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
