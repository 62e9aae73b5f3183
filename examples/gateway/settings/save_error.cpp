#include "settings/save_error.hpp"

#include <cerrno>

namespace gateway {

musubi::status save_error(int error) noexcept {
  switch (error) {
    case EACCES:
    case EPERM:
      return musubi::refuse("the gateway has no permission for its settings file");
    case EROFS:
      return musubi::refuse("the settings file is on a read-only disk");
    case ENOSPC:
      return musubi::refuse("the disk with the settings file is full");
    case EDQUOT:
      return musubi::refuse("the disk quota for the settings file is used up");
    case EFBIG:
      return musubi::refuse("the settings file would exceed the limit on file sizes");
    case EBUSY:
      return musubi::refuse(
          "the settings file is a mount point and cannot be replaced: mount its folder instead");
    case ENOENT:
      return musubi::refuse("the folder of the settings file does not exist");
    case ENOTDIR:
      return musubi::refuse("a part of the path of the settings file is not a folder");
    case EISDIR:
      return musubi::refuse("the settings file is a folder");
    case ENAMETOOLONG:
      return musubi::refuse("the path of the settings file is too long");
    case ELOOP:
      return musubi::refuse("the path of the settings file has too many symbolic links");
    case EMFILE:
    case ENFILE:
      return musubi::refuse("too many open files to open the settings file");
    case EIO:
      return musubi::refuse("the disk with the settings file reports an error");
    case ENOMEM:
      return musubi::refuse("not enough memory to save the settings file");
    default:
      return musubi::refuse("the settings file cannot be written");
  }
}

}  // namespace gateway
