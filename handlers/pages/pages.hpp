#pragma once
// Web pages and their files, served out of the binary: strong ETags, long caching for hashed names, strict headers.

#include "bot/base/embedded.hpp"
#include "bot/runtime/router.hpp"

#include <span>
#include <string>
#include <vector>

namespace zhuqi::pages {

/// A path of the site that answers with an HTML file. Only listed paths do; there is no catch-all.
struct page {
  std::string path;  ///< "/", "/console", or a prefix such as "/upload/*"
  std::string file;  ///< name of an embedded file
  /// Who may frame it, as a CSP source list: "'none'", or "*" for a page that other sites embed.
  std::string frame_ancestors = "'none'";
};

struct site {
  std::span<const base::embedded_file> files;  ///< must outlive the router; "x.gz" is the compressed twin of "x"
  std::vector<page> pages;
  std::string mount = "/";  ///< where the files appear, "/" or "/name/"; files under assets/ have hashed names
};

/// Adds one route per page and per file that is not a page. Throws std::invalid_argument for a page whose file is not embedded.
void add_pages(http::router& routes, const site& what);

}  // namespace zhuqi::pages
