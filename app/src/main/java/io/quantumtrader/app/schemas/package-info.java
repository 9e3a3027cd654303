/** The commands that keep schemas readable: check, list, diff, freeze, register, docs. */
package io.quantumtrader.app.schemas;
