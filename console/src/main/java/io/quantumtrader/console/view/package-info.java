/** What is shown of a pipeline, as rows: the same for the page, the HTTP interface and commands. */
package io.quantumtrader.console.view;
