/** The book over HTTP: JSON, CSV, server-sent events, and the page. */
package io.quantumtrader.console.http;
