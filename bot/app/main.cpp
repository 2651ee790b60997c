#include "bot/app/commands.hpp"

int main(int argc, char** argv) { return zhuqi::app::run_command(argc, argv); }
